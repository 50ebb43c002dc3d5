// Package history keeps what happened in the hall for years: every visit,
// transaction, call, rating, pause, print and override, read from the event stream
// exactly once. schema.sql is open to whoever asks with SQL.
package history
