"""Django commands of the room: `migrate`, made safe to interrupt."""
