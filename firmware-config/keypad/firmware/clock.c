#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "keys.h"

static volatile uint32_t now_ms;

/* 16 MHz / 64 / 250 = 1000 Hz. */
void clock_start(void)
{
    TCCR0A = _BV(WGM01);
    TCCR0B = _BV(CS01) | _BV(CS00);
    OCR0A = 249;
    TIMSK0 = _BV(OCIE0A);
}

/* Keys are read here and not in the main loop: storing the configuration holds the
 * loop up for 40 ms, and the filter needs its samples evenly spaced. */
ISR(TIMER0_COMPA_vect)
{
    now_ms++;
    keys_sample(now_ms);
}

uint32_t clock_ms(void)
{
    uint32_t t;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        t = now_ms;
    }
    return t;
}
