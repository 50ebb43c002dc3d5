/* See sim.h for the licence of what this is linked with.
 *
 * Keys, lamps and the display of the board. */
#include "sim.h"

#include <string.h>

#include "avr_extint.h"
#include "avr_ioport.h"

#include "../firmware/registers.h"

static const struct {
    char port;
    int bit;
} pins[KEY_COUNT] = {KEY_PINS};

static bool closed[KEY_COUNT];

/* MAX7219: shifts on the rising clock, takes over on the rising load. */
static uint16_t shifted;
static bool data_high;
static uint8_t digits[16];

/* The chip's own pull-ups would be simulated too, but every write to the port
 * then lifts the pins of keys that are held down; so the board holds the level. */
static void hold(char port)
{
    avr_ioport_external_t e = {.name = (unsigned)port & 0x7F, .mask = 0, .value = 0};
    for (int i = 0; i < KEY_COUNT; i++) {
        if (pins[i].port != port)
            continue;
        e.mask |= 1u << pins[i].bit;
        if (!closed[i])
            e.value |= 1u << pins[i].bit;
    }
    avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL(port), &e);
}

void board_keys_again(void)
{
    hold('B');
    hold('C');
    hold('D');
    for (int i = 0; i < KEY_COUNT; i++) {
        /* Both levels: after a reset the pin is low, but the simulator still has
         * the old level in mind and passes on changes only. */
        avr_irq_t *irq = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(pins[i].port), pins[i].bit);
        avr_raise_irq(irq, closed[i]);
        avr_raise_irq(irq, !closed[i]);
    }
}

void board_key(int number, bool down)
{
    int i = number - 1;
    closed[i] = down;
    hold(pins[i].port);
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(pins[i].port), pins[i].bit), !down);
}

/* Is the pin an output, and high? */
bool board_pin(char port, int bit)
{
    avr_ioport_state_t s;
    if (avr_ioctl(avr, AVR_IOCTL_IOPORT_GETSTATE(port), &s) != 0)
        return false;
    return s.ddr >> bit & s.port >> bit & 1;
}

static void on_data(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)param;
    data_high = value & 1;
}

static void on_clock(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)param;
    if ((value & 1) && !(irq->value & 1))
        shifted = (uint16_t)(shifted << 1 | data_high);
}

static void on_load(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)param;
    if ((value & 1) && !(irq->value & 1))
        digits[shifted >> 8 & 0x0F] = (uint8_t)shifted;
}

void board_digits(uint8_t out[8])
{
    memcpy(out, digits + 1, 8);
}

void board_attach(void)
{
    avr_irq_t *b = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('B'), 0);
    avr_irq_register_notify(b + 3, on_data, NULL);
    avr_irq_register_notify(b + 5, on_clock, NULL);
    avr_irq_register_notify(b + 2, on_load, NULL);
    /* Or a low pin, such as that of the driver, would keep the simulator from
     * ever skipping the time in which the chip sleeps. */
    avr_extint_set_strict_lvl_trig(avr, 0, 0);
    avr_extint_set_strict_lvl_trig(avr, 1, 0);
    board_keys_again();
}
