/* Modbus RTU, the slave's half. */
#ifndef MODBUS_H
#define MODBUS_H

#include <stdbool.h>
#include <stdint.h>

/* Handles a received frame. The answer replaces it in the same buffer; its length
 * is returned, 0 for none. for_us tells whether the computer spoke to us. */
uint8_t modbus_answer(uint8_t *frame, uint8_t count, uint8_t unit, uint32_t now, bool *for_us);

#endif
