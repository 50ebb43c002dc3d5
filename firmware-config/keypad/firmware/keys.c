#include "keys.h"

#include <avr/io.h>
#include <stdbool.h>
#include <util/atomic.h>

#include "events.h"
#include "registers.h"

static const struct {
    char port;
    uint8_t bit;
} pins[KEY_COUNT] = {KEY_PINS};

/* One counter a key: up while the contact is closed, down while it is open. The
 * key is down when the counter reaches the limit and up when it is back at 0, so
 * a contact that bounces moves the counter to and fro and nothing happens. */
static uint8_t level[KEY_COUNT];
static volatile uint8_t limit = HOLDING_DEBOUNCE_DEFAULT;
static volatile uint16_t down;

/* A pin to ground is a closed contact; the chip's own pull-ups hold it high. */
void keys_start(void)
{
    for (uint8_t i = 0; i < KEY_COUNT; i++) {
        switch (pins[i].port) {
        case 'B':
            PORTB |= _BV(pins[i].bit);
            break;
        case 'C':
            PORTC |= _BV(pins[i].bit);
            break;
        case 'D':
            PORTD |= _BV(pins[i].bit);
            break;
        }
    }
}

uint16_t keys_now(void)
{
    uint8_t b = PINB, c = PINC, d = PIND;
    uint16_t bits = 0;
    for (uint8_t i = 0; i < KEY_COUNT; i++) {
        uint8_t port = pins[i].port == 'B' ? b : pins[i].port == 'C' ? c : d;
        if (!(port & _BV(pins[i].bit)))
            bits |= (uint16_t)1 << i;
    }
    return bits;
}

void keys_sample(uint32_t ms)
{
    static bool resting;
    uint16_t closed = keys_now();
    uint16_t bit = 1;
    if (resting && !closed)
        return;
    resting = !closed;
    for (uint8_t i = 0; i < KEY_COUNT; i++, bit <<= 1) {
        if (closed & bit) {
            if (level[i] < limit)
                level[i]++;
            else
                level[i] = limit; /* the limit may have been lowered */
            if (level[i] == limit && !(down & bit)) {
                down |= bit;
                events_add(i + 1, ms);
            }
        } else {
            if (level[i] > limit)
                level[i] = limit;
            if (level[i] > 0)
                level[i]--;
            if (level[i] == 0)
                down &= ~bit;
            else
                resting = false;
        }
    }
}

uint16_t keys_down(void)
{
    uint16_t bits;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        bits = down;
    }
    return bits;
}

void keys_set_debounce(uint8_t ms)
{
    limit = ms;
}
