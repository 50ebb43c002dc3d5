#include "values.h"

#include "config.h"
#include "display.h"
#include "events.h"
#include "keys.h"
#include "lamps.h"
#include "registers.h"

static uint16_t boot;
static uint16_t crc_errors;
static bool committed;

static const uint16_t bauds[] = {HOLDING_BAUD_VALUES};

void values_start(uint16_t boot_number)
{
    boot = boot_number;
}

void values_crc_error(void)
{
    if (crc_errors < 0xFFFF)
        crc_errors++;
}

bool values_committed(void)
{
    bool was = committed;
    committed = false;
    return was;
}

static uint16_t age(const struct event *e, uint32_t now)
{
    if (!e->seq)
        return 0;
    uint32_t units = (now - e->ms) / EVENT_AGE_UNIT_MS;
    return units > 0xFFFF ? 0xFFFF : (uint16_t)units;
}

uint8_t input_read(uint16_t address, uint32_t now, uint16_t *value)
{
    struct event oldest = events_oldest();
    switch (address) {
    case INPUT_DEVICE_TYPE:
        *value = DEVICE_TYPE;
        return 0;
    case INPUT_VERSION:
        *value = FIRMWARE_VERSION;
        return 0;
    case INPUT_BOOT:
        *value = boot;
        return 0;
    case INPUT_UPTIME:
        *value = (uint16_t)(now / 1000);
        return 0;
    case INPUT_QUEUED:
        *value = events_queued();
        return 0;
    case INPUT_SEQ:
        *value = oldest.seq;
        return 0;
    case INPUT_KEY:
        *value = oldest.key;
        return 0;
    case INPUT_AGE:
        *value = age(&oldest, now);
        return 0;
    case INPUT_LOST:
        *value = events_lost();
        return 0;
    case INPUT_CRC_ERRORS:
        *value = crc_errors;
        return 0;
    case INPUT_RAW_KEYS:
        *value = keys_down();
        return 0;
    }
    return BAD_ADDRESS;
}

static bool is_digit(uint16_t address)
{
    return address >= HOLDING_DIGITS && address < HOLDING_DIGITS + HOLDING_DIGITS_COUNT;
}

/* Configuration reads as it was written, before and after the commit; config_crc
 * tells which configuration is in force. */
uint8_t holding_read(uint16_t address, uint32_t now, uint16_t *value)
{
    if (address >= HOLDING_MIRROR && address < HOLDING_MIRROR + HOLDING_MIRROR_COUNT)
        return input_read(address - HOLDING_MIRROR, now, value);
    if (is_digit(address)) {
        *value = display_text[address - HOLDING_DIGITS];
        return 0;
    }
    switch (address) {
    case HOLDING_ACK:
        *value = events_acked();
        return 0;
    case HOLDING_DEBOUNCE:
        *value = pending.debounce;
        return 0;
    case HOLDING_LED:
        *value = lamps_led;
        return 0;
    case HOLDING_ADDRESS:
        *value = pending.address;
        return 0;
    case HOLDING_PARITY:
        *value = pending.parity;
        return 0;
    case HOLDING_BAUD:
        *value = pending.baud;
        return 0;
    case HOLDING_BLINK:
        *value = display_blink;
        return 0;
    case HOLDING_BRIGHTNESS:
        *value = display_brightness;
        return 0;
    case HOLDING_BEEP:
        *value = lamps_beep_left(now);
        return 0;
    case HOLDING_CONFIG_CRC:
        *value = config_crc(&config);
        return 0;
    case HOLDING_CONFIG_COMMIT:
        *value = 0;
        return 0;
    }
    return BAD_ADDRESS;
}

static uint8_t within(uint16_t value, uint16_t min, uint16_t max)
{
    return value < min || value > max ? BAD_VALUE : 0;
}

static uint8_t check_baud(uint16_t value)
{
    for (uint8_t i = 0; i < sizeof bauds / sizeof bauds[0]; i++)
        if (bauds[i] == value)
            return 0;
    return BAD_VALUE;
}

uint8_t holding_check(uint16_t address, uint16_t value)
{
    if (is_digit(address))
        return within(value, HOLDING_DIGITS_MIN, HOLDING_DIGITS_MAX);
    switch (address) {
    case HOLDING_ACK:
    case HOLDING_CONFIG_COMMIT: /* its CRC is compared when it is written */
        return 0;
    case HOLDING_DEBOUNCE:
        return within(value, HOLDING_DEBOUNCE_MIN, HOLDING_DEBOUNCE_MAX);
    case HOLDING_LED:
        return value & ~HOLDING_LED_MAX ? BAD_VALUE : 0;
    case HOLDING_ADDRESS:
        return within(value, HOLDING_ADDRESS_MIN, HOLDING_ADDRESS_MAX);
    case HOLDING_PARITY:
        return within(value, 0, HOLDING_PARITY_MAX);
    case HOLDING_BAUD:
        return check_baud(value);
    case HOLDING_BLINK:
        return within(value, 0, HOLDING_BLINK_MAX);
    case HOLDING_BRIGHTNESS:
        return within(value, 0, HOLDING_BRIGHTNESS_MAX);
    case HOLDING_BEEP:
        return within(value, 0, HOLDING_BEEP_MAX);
    }
    return BAD_ADDRESS;
}

/* The CRC is the computer's proof that we hold just what it meant to write. A
 * wrong one drops the pending values, so that half of a configuration cannot be
 * completed by somebody else later. */
static uint8_t commit(uint16_t crc)
{
    if (crc != config_crc(&pending)) {
        pending = config;
        return BAD_VALUE;
    }
    if (!config_store()) {
        pending = config;
        return FAILED;
    }
    committed = true;
    return 0;
}

/* The value has passed holding_check. */
uint8_t holding_write(uint16_t address, uint16_t value, uint32_t now)
{
    if (is_digit(address)) {
        display_text[address - HOLDING_DIGITS] = (uint8_t)value;
        return 0;
    }
    switch (address) {
    case HOLDING_ACK:
        events_ack(value);
        return 0;
    case HOLDING_DEBOUNCE:
        pending.debounce = value;
        return 0;
    case HOLDING_LED:
        lamps_led = value;
        return 0;
    case HOLDING_ADDRESS:
        pending.address = value;
        return 0;
    case HOLDING_PARITY:
        pending.parity = value;
        return 0;
    case HOLDING_BAUD:
        pending.baud = value;
        return 0;
    case HOLDING_BLINK:
        display_blink = (uint8_t)value;
        return 0;
    case HOLDING_BRIGHTNESS:
        display_brightness = (uint8_t)value;
        return 0;
    case HOLDING_BEEP:
        lamps_beep(value, now);
        return 0;
    case HOLDING_CONFIG_COMMIT:
        return commit(value);
    }
    return BAD_ADDRESS;
}

/* Lamps and display may be set for all units at once; an address may not, or the
 * whole line would have one. */
bool values_by_broadcast(uint16_t address)
{
    return address == HOLDING_LED ||
           (address >= HOLDING_DIGITS && address <= HOLDING_BEEP);
}
