// The notebook of the field: its sources are in src/carnet.
import "../src/carnet/main.ts";
