#include "watchdog.h"

#include <avr/io.h>
#include <avr/wdt.h>

/* After a reset by the watchdog it is still on, and short: it must be off before
 * the C start-up code has cleared the memory, or the chip never comes up again. */
void watchdog_off_early(void) __attribute__((naked, used, section(".init3")));
void watchdog_off_early(void)
{
    MCUSR = 0;
    wdt_disable();
}

void watchdog_start(void)
{
    wdt_enable(WDTO_500MS); /* storing a configuration takes 40 ms */
}

/* Only a clock that moves counts as life: a loop that is woken by the line alone
 * while the timer stands still would read no keys. */
void watchdog_alive(uint32_t now)
{
    static uint32_t seen;
    if (now != seen) {
        seen = now;
        wdt_reset();
    }
}
