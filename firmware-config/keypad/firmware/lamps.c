#include "lamps.h"

#include "board.h"

uint16_t lamps_led;

static uint32_t beep_from;
static uint16_t beep_ms;

void lamps_start(void)
{
    LAMP_LOST_DDR |= _BV(LAMP_LOST_BIT);
    LAMP_A_DDR |= _BV(LAMP_A_BIT);
    LAMP_B_DDR |= _BV(LAMP_B_BIT);
    BUZZER_DDR |= _BV(BUZZER_BIT);
}

void lamps_beep(uint16_t ten_ms, uint32_t now)
{
    beep_from = now;
    beep_ms = ten_ms * 10;
}

uint16_t lamps_beep_left(uint32_t now)
{
    uint32_t gone = now - beep_from;
    if (gone >= beep_ms) {
        beep_ms = 0; /* or the clock's going round would sound it again */
        return 0;
    }
    return (beep_ms - (uint16_t)gone + 9) / 10;
}

bool lamps_blink_phase(uint32_t now)
{
    return !(now & 512);
}

/* Writes a pin only when it changes. */
static void pin(volatile uint8_t *port, uint8_t bit, bool on)
{
    if (on && !(*port & _BV(bit)))
        *port |= _BV(bit);
    else if (!on && (*port & _BV(bit)))
        *port &= ~_BV(bit);
}

static bool lit(uint8_t lamp, uint32_t now)
{
    if (lamps_led & 0x10 << lamp)
        return lamps_blink_phase(now);
    return lamps_led & 1 << lamp;
}

void lamps_show(uint32_t now, bool host_lost)
{
    pin(&LAMP_LOST_PORT, LAMP_LOST_BIT, host_lost);
    pin(&LAMP_A_PORT, LAMP_A_BIT, lit(0, now));
    pin(&LAMP_B_PORT, LAMP_B_BIT, lit(1, now));
    pin(&BUZZER_PORT, BUZZER_BIT, lamps_beep_left(now) > 0);
}
