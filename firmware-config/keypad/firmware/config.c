/* EEPROM, 1 KB:
 *   000..03F  number of starts, 16 places used in turn
 *   040..04F  configuration, first copy
 *   060..06F  configuration, second copy
 * A new configuration goes into the older copy. The power may fail at any byte of
 * it: then its CRC is wrong and the other copy, untouched, is the one in force. */
#include "config.h"

#include <avr/eeprom.h>
#include <string.h>

#include "crc.h"
#include "registers.h"

#define BOOT_PLACES 16
#define BOOT_AT(place) ((void *)((place) * sizeof(struct boot)))
#define COPY_AT(copy) ((void *)(0x040 + 0x20 * (copy)))

struct boot {
    uint16_t number;
    uint16_t crc;
};

struct copy {
    uint8_t generation; /* one more than the other copy's, going round */
    uint8_t values[8];  /* high byte first */
    uint16_t crc;       /* over the above */
};

struct config config;
struct config pending;

static uint8_t generation; /* of the configuration in force */
static uint8_t newest;     /* which copy it is in */

static void to_bytes(const struct config *c, uint8_t b[8])
{
    const uint16_t v[4] = {c->debounce, c->address, c->parity, c->baud};
    for (uint8_t i = 0; i < 4; i++) {
        b[2 * i] = v[i] >> 8;
        b[2 * i + 1] = (uint8_t)v[i];
    }
}

static void from_bytes(const uint8_t b[8], struct config *c)
{
    c->debounce = (uint16_t)b[0] << 8 | b[1];
    c->address = (uint16_t)b[2] << 8 | b[3];
    c->parity = (uint16_t)b[4] << 8 | b[5];
    c->baud = (uint16_t)b[6] << 8 | b[7];
}

uint16_t config_crc(const struct config *c)
{
    uint8_t b[8];
    to_bytes(c, b);
    return crc16(b, sizeof b);
}

static bool read_copy(uint8_t which, struct copy *c)
{
    eeprom_read_block(c, COPY_AT(which), sizeof *c);
    return c->crc == crc16((const uint8_t *)c, sizeof *c - sizeof c->crc);
}

/* A new chip has no valid copy; defaults also serve the technician who has lost
 * the address: they are in force until the next start, and stored only by a commit. */
void config_load(bool defaults)
{
    struct copy a, b;
    bool has_a = read_copy(0, &a);
    bool has_b = read_copy(1, &b);
    config.debounce = HOLDING_DEBOUNCE_DEFAULT;
    config.address = HOLDING_ADDRESS_DEFAULT;
    config.parity = HOLDING_PARITY_DEFAULT;
    config.baud = HOLDING_BAUD_DEFAULT;
    newest = 1;
    if (has_a || has_b) {
        newest = has_b && (!has_a || (int8_t)(b.generation - a.generation) > 0);
        const struct copy *c = newest ? &b : &a;
        generation = c->generation;
        if (!defaults)
            from_bytes(c->values, &config);
    }
    pending = config;
}

bool config_store(void)
{
    struct copy c, check;
    c.generation = generation + 1;
    to_bytes(&pending, c.values);
    c.crc = crc16((const uint8_t *)&c, sizeof c - sizeof c.crc);
    eeprom_update_block(&c, COPY_AT(!newest), sizeof c);
    if (!read_copy(!newest, &check) || memcmp(&c, &check, sizeof c) != 0)
        return false;
    newest = !newest;
    generation = c.generation;
    return true;
}

/* The number is written before anybody can see it, so a start that was cut short
 * while writing gives its number to the next one and no number is ever seen twice. */
uint16_t config_boot(void)
{
    struct boot b;
    uint16_t last = 0;
    uint8_t place = BOOT_PLACES - 1;
    for (uint8_t i = 0; i < BOOT_PLACES; i++) {
        eeprom_read_block(&b, BOOT_AT(i), sizeof b);
        bool valid = b.number && b.crc == crc16((const uint8_t *)&b.number, sizeof b.number);
        if (valid && (last == 0 || (int16_t)(b.number - last) > 0)) {
            last = b.number;
            place = i;
        }
    }
    b.number = last == 0xFFFF ? 1 : last + 1;
    b.crc = crc16((const uint8_t *)&b.number, sizeof b.number);
    eeprom_update_block(&b, BOOT_AT((place + 1) % BOOT_PLACES), sizeof b);
    return b.number;
}
