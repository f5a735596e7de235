"""Who and where: territories, structures, services, posts, places."""
