/* Key presses that wait to be acknowledged by the computer. */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdint.h>

struct event {
    uint16_t seq; /* 0: no event */
    uint8_t key;
    uint32_t ms; /* when it was pressed */
};

void events_start(uint16_t boot);
void events_add(uint8_t key, uint32_t ms); /* from the timer's interrupt only */
struct event events_oldest(void);
uint8_t events_queued(void);
uint16_t events_lost(void);
void events_ack(uint16_t seq);
uint16_t events_acked(void); /* the last seq that was dropped, 0 for none */

#endif
