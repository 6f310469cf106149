/* bytes.h - little-endian integers and floats at any address.
 *
 * Every number in a file is read and written through these; a compiler makes
 * each a single load or store.
 */
#ifndef QUERN_BASE_BYTES_H
#define QUERN_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "index files are read in place, which needs a little-endian machine"
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
