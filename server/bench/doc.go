// Command bench measures the yardsticks: each figure beside its physical limit,
// taken in the same run on the same machine, in turns (A B A B), so that what
// else the machine does falls on both.
//
// It starts everything itself: redis-server on a free port with an AOF synced
// at every answer, the real server as a process of its own, the bare servers to
// compare it with, and the load generators, which are this same program with
// another first word. Ratios are the medians of the ratios of the rounds. CPU
// time per operation stands beside operations per second because it moves far
// less when others use the machine; the last column says how much of the
// machine others took meanwhile.
package main
