/* Keypad of a counter: rating keys, call keys, lamps, display, on an RS-485 line.
 * What it says on the line is in registers.yaml, how it is wired in README.md. */
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include <util/delay.h>

#include "clock.h"
#include "config.h"
#include "display.h"
#include "events.h"
#include "keys.h"
#include "lamps.h"
#include "modbus.h"
#include "registers.h"
#include "uart.h"
#include "values.h"
#include "watchdog.h"

/* Keys 1 and 5, or 6 and 10, held while the power comes on: the technician who
 * does not know the address gets the factory settings until the next start. */
#define BIT_OF_KEY(n) ((uint16_t)1 << ((n) - 1))
#define RESCUE_RATE (BIT_OF_KEY(1) | BIT_OF_KEY(5))
#define RESCUE_CALL (BIT_OF_KEY(6) | BIT_OF_KEY(10))

#define DRAW_MS 10

static bool rescue(void)
{
    uint16_t down = keys_now();
    _delay_ms(50); /* also lets the supply settle */
    down &= keys_now();
    return (down & RESCUE_RATE) == RESCUE_RATE || (down & RESCUE_CALL) == RESCUE_CALL;
}

static void apply_config(void)
{
    config = pending;
    keys_set_debounce((uint8_t)config.debounce);
    uart_start(config.baud, config.parity);
}

static uint32_t heard; /* when the computer last spoke to us */

static void line(uint32_t now)
{
    static uint8_t frame[FRAME_MAX];
    uint8_t count = uart_frame(frame);
    if (count) {
        bool for_us;
        count = modbus_answer(frame, count, (uint8_t)config.address, now, &for_us);
        if (for_us)
            heard = now;
        if (count)
            uart_send(frame, count);
    }
    /* The answer to a commit still goes out at the old speed and address. */
    if (!uart_sending() && values_committed())
        apply_config();
}

int main(void)
{
    keys_start();
    lamps_start();
    display_start();
    config_load(rescue());
    uint16_t boot = config_boot();
    values_start(boot);
    events_start(boot);
    apply_config();
    clock_start();
    watchdog_start();
    set_sleep_mode(SLEEP_MODE_IDLE);
    sei();
    bool lost = true; /* nobody has asked yet */
    uint32_t drawn = 0;
    for (;;) {
        uint32_t now = clock_ms();
        watchdog_alive(now);
        line(now);
        if (heard)
            lost = now - heard >= HOST_LOST_MS;
        if (now - drawn >= DRAW_MS) {
            drawn = now;
            lamps_show(now, lost);
            display_show(now);
        }
        sleep_mode();
    }
}
