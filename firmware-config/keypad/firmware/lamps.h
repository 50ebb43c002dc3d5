/* Lamps and buzzer. */
#ifndef LAMPS_H
#define LAMPS_H

#include <stdbool.h>
#include <stdint.h>

extern uint16_t lamps_led; /* the LED register */

void lamps_start(void);
void lamps_beep(uint16_t ten_ms, uint32_t now);
uint16_t lamps_beep_left(uint32_t now);
bool lamps_blink_phase(uint32_t now); /* on and off, half a second each */
void lamps_show(uint32_t now, bool host_lost);

#endif
