/* The chip's own watchdog starts it anew when the main loop stands still. */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include <stdint.h>

void watchdog_start(void);
void watchdog_alive(uint32_t now); /* from the main loop */

#endif
