/* What survives a power cut: the configuration and the number of starts. */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stdint.h>

/* In the order of their registers; the CRC of a configuration is over these. */
struct config {
    uint16_t debounce; /* ms */
    uint16_t address;
    uint16_t parity; /* 0 none, 1 even */
    uint16_t baud;   /* hundreds */
};

extern struct config config;  /* in force */
extern struct config pending; /* written, not yet committed */

void config_load(bool defaults);
uint16_t config_crc(const struct config *c);
bool config_store(void);    /* keeps pending; false: the EEPROM does not hold it */
uint16_t config_boot(void); /* counts this start, 1..65535 */

#endif
