/* bytes.h - little-endian numbers at any address.
 *
 * Every number in a file goes through these; compilers make one load of each.
 */
#ifndef QUERN_BASE_BYTES_H
#define QUERN_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "index files are read in place: a little-endian machine is needed"
#endif

static inline uint16_t get_u16le(const uint8_t *at)
{
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline uint32_t get_u32le(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline uint64_t get_u64le(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline float get_f32le(const uint8_t *at)
{
    float value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline void put_u16le(uint8_t *at, uint16_t value)
{
    memcpy(at, &value, sizeof value);
}

static inline void put_u32le(uint8_t *at, uint32_t value)
{
    memcpy(at, &value, sizeof value);
}

static inline void put_u64le(uint8_t *at, uint64_t value)
{
    memcpy(at, &value, sizeof value);
}

static inline void put_f32le(uint8_t *at, float value)
{
    memcpy(at, &value, sizeof value);
}

#endif
