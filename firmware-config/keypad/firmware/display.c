/* MAX7219: words of 16 bits, register number and value, taken over when LOAD
 * rises (data sheet, table 2). Digit register 1 is the leftmost place here. */
#include "display.h"

#include <avr/pgmspace.h>
#include <stdbool.h>
#include <string.h>

#include "board.h"
#include "lamps.h"

#define REG_DECODE 0x09
#define REG_INTENSITY 0x0A
#define REG_SCAN_LIMIT 0x0B
#define REG_SHUTDOWN 0x0C
#define REG_TEST 0x0F

#define RENEW_MS 2000 /* noise on the ribbon cable can switch the driver off */

uint8_t display_text[HOLDING_DIGITS_COUNT];
uint8_t display_blink;
uint8_t display_brightness = HOLDING_BRIGHTNESS_DEFAULT;

/* Segments dp a b c d e f g, bit 7 first, from space to underscore. K, M, Q, V, W
 * and X have no fair shape and stay dark; small letters are shown as capitals. */
static const uint8_t shapes[] PROGMEM = {
    0x00, 0xB0, 0x22, 0x00, 0x5B, 0x00, 0x00, 0x02, /*   ! " # $ % & ' */
    0x4E, 0x78, 0x00, 0x00, 0x80, 0x01, 0x80, 0x25, /* ( ) * + , - . / */
    0x7E, 0x30, 0x6D, 0x79, 0x33, 0x5B, 0x5F, 0x70, /* 0 1 2 3 4 5 6 7 */
    0x7F, 0x7B, 0x00, 0x00, 0x00, 0x09, 0x00, 0x65, /* 8 9 : ; < = > ? */
    0x00, 0x77, 0x1F, 0x4E, 0x3D, 0x4F, 0x47, 0x5E, /* @ A B C D E F G */
    0x37, 0x30, 0x3C, 0x00, 0x0E, 0x00, 0x15, 0x1D, /* H I J K L M N O */
    0x67, 0x00, 0x05, 0x5B, 0x0F, 0x3E, 0x00, 0x00, /* P Q R S T U V W */
    0x00, 0x3B, 0x6D, 0x4E, 0x00, 0x78, 0x00, 0x08, /* X Y Z [ \ ] ^ _ */
};

static uint8_t shape(uint8_t c)
{
    if (c >= 'a' && c <= 'z')
        c -= 'a' - 'A';
    if (c < ' ' || c > '_')
        return 0;
    return pgm_read_byte(&shapes[c - ' ']);
}

static void send(uint8_t reg, uint8_t value)
{
    uint16_t word = (uint16_t)reg << 8 | value;
    DISPLAY_PORT &= ~_BV(DISPLAY_LOAD_BIT);
    for (uint8_t i = 0; i < 16; i++, word <<= 1) {
        if (word & 0x8000)
            DISPLAY_PORT |= _BV(DISPLAY_DATA_BIT);
        else
            DISPLAY_PORT &= ~_BV(DISPLAY_DATA_BIT);
        DISPLAY_PORT |= _BV(DISPLAY_CLOCK_BIT);
        DISPLAY_PORT &= ~_BV(DISPLAY_CLOCK_BIT);
    }
    DISPLAY_PORT |= _BV(DISPLAY_LOAD_BIT);
}

void display_start(void)
{
    DISPLAY_PORT |= _BV(DISPLAY_LOAD_BIT);
    DISPLAY_DDR |= _BV(DISPLAY_LOAD_BIT) | _BV(DISPLAY_DATA_BIT) | _BV(DISPLAY_CLOCK_BIT);
    memset(display_text, ' ', sizeof display_text);
}

void display_show(uint32_t now)
{
    static uint8_t shown[HOLDING_DIGITS_COUNT];
    static uint8_t bright = 0xFF;
    static uint32_t renewed;
    bool all = bright == 0xFF || now - renewed >= RENEW_MS;
    if (all) {
        renewed = now;
        send(REG_TEST, 0);
        send(REG_DECODE, 0);
        send(REG_SCAN_LIMIT, HOLDING_DIGITS_COUNT - 1);
        send(REG_SHUTDOWN, 1);
    }
    if (all || bright != display_brightness)
        send(REG_INTENSITY, bright = display_brightness);
    for (uint8_t i = 0; i < HOLDING_DIGITS_COUNT; i++) {
        bool dark = (display_blink & 1 << i) && !lamps_blink_phase(now);
        uint8_t want = dark ? 0 : shape(display_text[i]);
        if (all || want != shown[i])
            send(1 + i, shown[i] = want);
    }
}
