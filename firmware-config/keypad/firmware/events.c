#include "events.h"

#include <util/atomic.h>

#include "registers.h"

/* Not static: the tests look at them in the simulated memory. */
struct event event_ring[EVENT_RING];
volatile uint8_t event_first; /* place of the oldest */
volatile uint8_t event_count;
volatile uint16_t event_next; /* seq of the next press */

static volatile uint16_t lost;
static uint16_t acked;

/* The first seq depends on the boot number. Without that both lives of the chip
 * would begin at 1, and an acknowledgement on its way during a power cut could
 * drop a press that nobody has read. */
void events_start(uint16_t boot)
{
    event_next = 1 + (uint16_t)(boot * EVENT_SEQ_STEP % 65535UL);
}

/* When the ring is full the new press is lost, not the oldest one: what the
 * computer may already have read must stay what it read. */
void events_add(uint8_t key, uint32_t ms)
{
    if (event_count == EVENT_RING) {
        if (lost < 0xFFFF)
            lost++;
        return;
    }
    struct event *e = &event_ring[(event_first + event_count) % EVENT_RING];
    e->seq = event_next;
    e->key = key;
    e->ms = ms;
    event_count++;
    if (++event_next == 0)
        event_next = 1; /* 0 means "no event" */
}

struct event events_oldest(void)
{
    struct event e = {0, 0, 0};
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        if (event_count)
            e = event_ring[event_first];
    }
    return e;
}

uint8_t events_queued(void)
{
    return event_count;
}

uint16_t events_lost(void)
{
    uint16_t n;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        n = lost;
    }
    return n;
}

/* The same acknowledgement may come twice, when our answer to the first was lost
 * on the line: the second finds another seq at the front and changes nothing. */
void events_ack(uint16_t seq)
{
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        if (seq && event_count && event_ring[event_first].seq == seq) {
            event_first = (event_first + 1) % EVENT_RING;
            event_count--;
            acked = seq;
        }
    }
}

uint16_t events_acked(void)
{
    return acked;
}
