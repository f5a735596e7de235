"""Who is there: territories, services, telephones of one's partnerships. Reading is never logged."""
