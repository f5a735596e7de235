"""The papers a service hands to people: public, about nobody."""
