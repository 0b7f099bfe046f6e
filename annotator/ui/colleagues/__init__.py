"""What people who work on one project have of each other: packages, proposals, what differs between machines."""
