/* Time since the start, from timer 0. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

void clock_start(void);
uint32_t clock_ms(void); /* goes round after 49 days; compare differences only */

#endif
