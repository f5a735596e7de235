"""The demo: its six cities as the study describes them, and its published accounts."""
