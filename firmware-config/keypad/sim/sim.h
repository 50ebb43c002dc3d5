/* The keypad's board on a simulated chip: for tests only.
 *
 * These programs are linked with libsimavr, which is under the GPL, version 3 or
 * later. They are therefore never part of what is shipped: tests compile them on
 * the spot and throw them away. */
#ifndef SIM_H
#define SIM_H

#include <stdbool.h>
#include <stdint.h>

#include "sim_avr.h"

#define MHZ 16

extern avr_t *avr;
extern uint64_t now_us; /* simulated time; it also passes while the power is off */
extern bool powered;

/* line.c: the UART as a pty */
void line_open(const char *link);
void line_close(void);
int line_fd(void);
void line_attach(void);
void line_receive(void); /* takes what has come in on the pty */
void line_step(void);    /* moves at most one byte each way, at the line's pace */
void line_power_off(void);
extern unsigned line_undriven; /* bytes sent while the RS-485 driver was off */
extern unsigned line_bytes_in, line_bytes_out;
extern unsigned line_bytes_lost; /* the pty was full: nobody reads */

/* board.c: keys, lamps, display */
void board_attach(void);
void board_key(int number, bool closed);
void board_keys_again(void); /* after a reset */
bool board_pin(char port, int bit);
void board_digits(uint8_t out[8]);

#endif
