package history

// Schema is how far this program brings its database; one that is further is refused.
func Schema() int { return 1 }
