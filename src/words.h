/* SPDX-License-Identifier: MIT */
/* Rotation of words, and their order of bytes in memory. */
#ifndef FOB_SRC_WORDS_H
#define FOB_SRC_WORDS_H

#include <stdint.h>

/* For rounds whose arguments must become constants and registers. */
#define FOB_INLINE __attribute__((always_inline)) static inline

static inline uint32_t fob_rotl32(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static inline uint32_t fob_rotr32(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static inline uint64_t fob_rotr64(uint64_t x, unsigned n)
{
    return x >> n | x << (64 - n);
}

/* Big-endian in memory to a number, and back. */
static inline uint32_t fob_be32(uint32_t x)
{
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? x : __builtin_bswap32(x);
}

static inline uint64_t fob_be64(uint64_t x)
{
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? x : __builtin_bswap64(x);
}

static inline uint32_t fob_le32(uint32_t x)
{
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap32(x) : x;
}

#endif
