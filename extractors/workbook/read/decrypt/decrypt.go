// Package decrypt owns the opening of encrypted .xlsx packages (MS-OFFCRYPTO 2.3.4).
package decrypt

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// Errors of Open.
var (
	ErrPassword = errors.New("wrong password")
	ErrMethod   = errors.New("encryption method not supported")
	ErrBroken   = errors.New("encrypted package is damaged")
)

// maxRounds is how often a password may have to be hashed: ten times what Excel does, seconds at most.
const maxRounds = 1_000_000

// Open returns the zip package inside of an encrypted one: info and pack are the streams EncryptionInfo and EncryptedPackage.
func Open(info, pack []byte, password string) ([]byte, error) {
	if len(info) < 8 || len(pack) < 8 {
		return nil, ErrBroken
	}
	size := binary.LittleEndian.Uint64(pack)
	pack = pack[8:]
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	var out []byte
	var err error
	switch {
	case major == 4 && minor == 4:
		out, err = openAgile(info[8:], pack, password)
	case major >= 2 && major <= 4 && minor == 2:
		out, err = openStandard(info[8:], pack, password)
	default:
		err = ErrMethod
	}
	if err != nil {
		return nil, err
	}
	return out[:min(uint64(len(out)), size)], nil
}

// openStandard is the encryption of Excel 2007: AES in single blocks, keys from SHA-1.
func openStandard(info, pack []byte, password string) ([]byte, error) {
	if len(info) < 4 {
		return nil, ErrBroken
	}
	size := int64(binary.LittleEndian.Uint32(info))
	if size < 20 || 4+size+72 > int64(len(info)) {
		return nil, ErrBroken
	}
	header, verifier := info[4:], info[4+size:]
	bits := int(binary.LittleEndian.Uint32(header[16:]))
	switch binary.LittleEndian.Uint32(header[8:]) {
	case 0x660E, 0x660F, 0x6610, 0:
	default:
		return nil, ErrMethod
	}
	if bits != 128 && bits != 192 && bits != 256 {
		return nil, ErrMethod
	}
	h := sha1.Sum(append(bytes.Clone(verifier[4:20]), passwordBytes(password)...))
	for i := range uint32(50_000) {
		h = sha1.Sum(append(binary.LittleEndian.AppendUint32(nil, i), h[:]...))
	}
	h = sha1.Sum(append(h[:], 0, 0, 0, 0))
	key := append(padded(h, 0x36), padded(h, 0x5C)...)[:bits/8]
	c, err := aes.NewCipher(key)
	if err != nil {
		return nil, ErrMethod
	}
	plain := blocks(c, verifier[20:36])
	if sum := sha1.Sum(plain); !bytes.Equal(sum[:], blocks(c, verifier[40:72])[:sha1.Size]) {
		return nil, ErrPassword
	}
	return blocks(c, pack), nil
}

func padded(h [sha1.Size]byte, with byte) []byte {
	b := bytes.Repeat([]byte{with}, 64)
	for i := range h {
		b[i] ^= h[i]
	}
	sum := sha1.Sum(b)
	return sum[:]
}

// blocks decrypts block by block; a rest that is no block is dropped.
func blocks(c cipher.Block, b []byte) []byte {
	out := make([]byte, len(b)/aes.BlockSize*aes.BlockSize)
	for i := 0; i < len(out); i += aes.BlockSize {
		c.Decrypt(out[i:], b[i:])
	}
	return out
}

func passwordBytes(p string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(p)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
