"""The registers: States, bodies, sessions and closed lists of words, as data that a domain expert can edit."""
