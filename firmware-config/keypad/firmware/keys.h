/* The keys, freed from bouncing. */
#ifndef KEYS_H
#define KEYS_H

#include <stdint.h>

void keys_start(void);
uint16_t keys_now(void);             /* bits of the pins at this moment, unfiltered */
void keys_sample(uint32_t ms);       /* once a millisecond, from the timer */
uint16_t keys_down(void);            /* bits of the keys held down, filtered */
void keys_set_debounce(uint8_t ms);

#endif
