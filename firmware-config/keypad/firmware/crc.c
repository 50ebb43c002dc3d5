#include "crc.h"

#include <util/crc16.h>

uint16_t crc16(const uint8_t *bytes, uint8_t count)
{
    uint16_t crc = 0xFFFF;
    while (count--)
        crc = _crc16_update(crc, *bytes++);
    return crc;
}
