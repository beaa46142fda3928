package biff

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"unicode/utf16"
)

// decrypter turns the bytes of one record's body into plain ones; at is where the body stands in the stream.
type decrypter func(body []byte, at int)

// newDecrypter returns what undoes the encryption that a FILEPASS record describes, nil if the password is wrong or the method unknown
// (MS-XLS 2.2.10, MS-OFFCRYPTO 2.3.5 to 2.3.7).
func newDecrypter(b []byte, new bool, password string) decrypter {
	switch {
	case !new:
		return newXOR(u16(b, 0), u16(b, 2), password)
	case u16(b, 0) == 0:
		return newXOR(u16(b, 2), u16(b, 4), password)
	case u16(b, 0) == 1 && u16(b, 2) == 1:
		return newRC4(rest(b, 6), password)
	case u16(b, 0) == 1 && u16(b, 4) == 2:
		return newCryptoAPI(rest(b, 6), password)
	}
	return nil
}

// decrypt returns the stream with all records plain. Record heads, and the records that say how to read the others, never are encrypted.
func decrypt(stream []byte, d decrypter) []byte {
	out := bytes.Clone(stream)
	for i := 0; i+4 <= len(out); {
		id, n := u16(out, i), u16(out, i+2)
		body := out[i+4 : min(i+4+n, len(out))]
		switch id {
		case recBOF, recFilePass, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196:
		case recBoundSheet: // where the sheet begins stays plain
			keep := bytes.Clone(body[:min(4, len(body))])
			d(body, i+4)
			copy(body, keep)
		default:
			d(body, i+4)
		}
		i += 4 + n
	}
	return out
}

var xorPad = []byte{0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00}

func newXOR(key, verifier int, password string) decrypter {
	if len(password) > 15 || password == "" {
		return nil
	}
	check := 0
	for i := len(password) - 1; i >= 0; i-- {
		check = rotate15(check) ^ int(password[i])
	}
	if rotate15(check)^len(password)^0xCE4B != verifier {
		return nil
	}
	pad := append([]byte(password), xorPad...)[:16]
	for i := range pad {
		pad[i] ^= byte(key >> (8 * (i & 1)))
		pad[i] = pad[i]<<2 | pad[i]>>6
	}
	return func(body []byte, at int) {
		for i, c := range body {
			body[i] = (c<<3 | c>>5) ^ pad[(at+len(body)+i)&15]
		}
	}
}

// rotate15 turns the lower 15 bits left by one.
func rotate15(v int) int { return v<<1&0x7FFF | v>>14&1 }

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// newRC4 is the encryption of Excel 97: 40 bits of MD5.
func newRC4(b []byte, password string) decrypter {
	if len(b) < 48 {
		return nil
	}
	salt, verifier, hash := b[:16], b[16:32], b[32:48]
	h := md5.Sum(utf16le(password))
	var buf []byte
	for range 16 {
		buf = append(append(buf, h[:5]...), salt...)
	}
	h = md5.Sum(buf)
	key := func(block uint32) []byte {
		k := md5.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h[:5]), block))
		return k[:]
	}
	plain := apply(key(0), append(bytes.Clone(verifier), hash...), 0)
	if sum := md5.Sum(plain[:16]); !bytes.Equal(sum[:], plain[16:]) {
		return nil
	}
	return inBlocks(key)
}

// newCryptoAPI is the encryption of Excel 2002: RC4 with keys of 40 to 128 bits from SHA-1.
func newCryptoAPI(b []byte, password string) decrypter {
	size := int(u32(b, 4))
	if size < 32 || size > len(b)-8 {
		return nil
	}
	bits := int(u32(b, 8+16))
	if bits == 0 {
		bits = 40
	}
	v := b[8+size:]
	if len(v) < 60 || u32(v, 0) != 16 || bits > 128 || bits < 40 {
		return nil
	}
	salt, verifier, hash := v[4:20], v[20:36], v[40:60]
	h := sha1.Sum(append(bytes.Clone(salt), utf16le(password)...))
	key := func(block uint32) []byte {
		k := sha1.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(h[:]), block))
		if bits == 40 {
			return append(bytes.Clone(k[:5]), make([]byte, 11)...)
		}
		return bytes.Clone(k[:bits/8])
	}
	plain := apply(key(0), append(bytes.Clone(verifier), hash...), 0)
	if sum := sha1.Sum(plain[:16]); !bytes.Equal(sum[:], plain[16:]) {
		return nil
	}
	return inBlocks(key)
}

const blockSize = 1024

// inBlocks decrypts with a new key for every 1,024 bytes of the stream; record heads use up key bytes too.
func inBlocks(key func(uint32) []byte) decrypter {
	return func(body []byte, at int) {
		for len(body) > 0 {
			block, offset := at/blockSize, at%blockSize
			n := min(blockSize-offset, len(body))
			apply(key(uint32(block)), body[:n], offset)
			body, at = body[n:], at+n
		}
	}
}

// apply runs RC4 over b in place, skip bytes into the key stream.
func apply(key, b []byte, skip int) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return b // key sizes are checked before
	}
	if skip > 0 {
		var waste [blockSize]byte
		c.XORKeyStream(waste[:skip], waste[:skip])
	}
	c.XORKeyStream(b, b)
	return b
}
