/// The connection is gone, and no answer with it.
struct NoAnswer: Error {}
