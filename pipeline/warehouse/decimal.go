package warehouse

import (
	"fmt"
	"math/big"
	"strings"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// scaled is the number times 10^DecimalScale, further digits rounded half away from zero.
func scaled(d schemas.Decimal) (*big.Int, error) {
	if n, ok := d.Scaled(layout.DecimalScale); ok {
		return big.NewInt(n), nil
	}
	whole, fraction, _ := strings.Cut(d.Round(layout.DecimalScale).String(), ".")
	digits := whole + fraction + strings.Repeat("0", layout.DecimalScale-len(fraction))
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok || len(strings.TrimPrefix(whole, "-")) > layout.DecimalPrecision-layout.DecimalScale {
		return nil, fmt.Errorf("number %s does not fit %d digits", d, layout.DecimalPrecision)
	}
	return n, nil
}

// unscaled is the decimal n × 10^-scale.
func unscaled(n *big.Int, scale uint8) (schemas.Decimal, error) {
	if n.IsInt64() {
		return schemas.Unscaled(n.Int64(), int32(scale)), nil
	}
	return schemas.ParseDecimal(fmt.Sprintf("%se-%d", n, scale))
}
