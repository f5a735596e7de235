"""Clock, identifiers, encryption and French typography: what every room stands on."""
