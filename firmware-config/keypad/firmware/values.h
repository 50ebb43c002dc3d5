/* What stands behind the register numbers of registers.h. */
#ifndef VALUES_H
#define VALUES_H

#include <stdbool.h>
#include <stdint.h>

/* Exceptions of Modbus; 0 is none. */
#define BAD_FUNCTION 1
#define BAD_ADDRESS 2
#define BAD_VALUE 3
#define FAILED 4

void values_start(uint16_t boot);
uint8_t input_read(uint16_t address, uint32_t now, uint16_t *value);
uint8_t holding_read(uint16_t address, uint32_t now, uint16_t *value);
uint8_t holding_check(uint16_t address, uint16_t value); /* would writing be refused? */
uint8_t holding_write(uint16_t address, uint16_t value, uint32_t now);
bool values_by_broadcast(uint16_t address); /* may be written for everybody at once */
bool values_committed(void);                /* true once after a commit */
void values_crc_error(void);

#endif
