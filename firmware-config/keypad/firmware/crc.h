/* CRC-16 of Modbus. */
#ifndef CRC_H
#define CRC_H

#include <stdint.h>

uint16_t crc16(const uint8_t *bytes, uint8_t count);

#endif
