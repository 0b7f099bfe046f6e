"""The editor of the scheme: labels, what is said of them, what a change would touch before it is put in force."""
