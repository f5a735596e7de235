"""The yearly evaluation on screen, public orders, the year told to funders."""
