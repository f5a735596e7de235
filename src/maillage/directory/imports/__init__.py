"""Published files brought into the directory: neighbourhoods, structures, posts."""
