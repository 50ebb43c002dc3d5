/* Eight digits of seven segments on a MAX7219. */
#ifndef DISPLAY_H
#define DISPLAY_H

#include <stdint.h>

#include "registers.h"

extern uint8_t display_text[HOLDING_DIGITS_COUNT]; /* ASCII, leftmost first */
extern uint8_t display_blink;                      /* bit 0: the leftmost blinks */
extern uint8_t display_brightness;                 /* 0..15 */

void display_start(void);
void display_show(uint32_t now); /* sends what has changed */

#endif
