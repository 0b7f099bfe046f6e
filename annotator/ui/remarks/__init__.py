"""What people tell each other of spans and articles: kept, shown as threads, answered and closed."""
