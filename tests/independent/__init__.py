"""The independent count: what the figures must be, written from the description of the domain alone."""
