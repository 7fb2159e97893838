package naive

import "fmt"

// Var is a matrix in a computation. After Backward, Grad holds the derivative
// of the loss with respect to each of its elements.
type Var struct {
	Value *Matrix
	Grad  *Matrix

	parents []*Var
	back    func() // adds this Var's Grad, times the derivative, to its parents' Grads
}

// NewVar returns a Var that is not made of others: a parameter, or data.
func NewVar(value *Matrix) *Var {
	return &Var{Value: value, Grad: NewMatrix(value.Rows, value.Cols)}
}

// result returns a Var made of parents. The caller sets back.
func result(value *Matrix, parents ...*Var) *Var {
	v := NewVar(value)
	v.parents = parents
	return v
}

// Rows returns the number of rows.
func (v *Var) Rows() int { return v.Value.Rows }

// Cols returns the number of columns.
func (v *Var) Cols() int { return v.Value.Cols }

// Scalar returns the only element of a 1x1 Var.
func (v *Var) Scalar() float64 {
	v.mustBe(1, 1)
	return v.Value.Data[0]
}

func (v *Var) mustBe(rows, cols int) {
	if v.Rows() != rows || v.Cols() != cols {
		panic(fmt.Sprintf("naive: %v where %dx%d is needed", v.Value, rows, cols))
	}
}

// Backward adds to the Grad of everything that loss (1x1) was made of the
// derivative of loss with respect to it. A Var must not go through two
// Backwards: gradients would add up.
func Backward(loss *Var) {
	loss.mustBe(1, 1)
	loss.Grad.Data[0] = 1
	order := parentsFirst(loss, map[*Var]bool{}, nil)
	for i := len(order) - 1; i >= 0; i-- {
		if v := order[i]; v.back != nil {
			v.back()
		}
	}
}

// parentsFirst appends everything v was made of to order, and then v, so that
// every Var comes after its parents.
func parentsFirst(v *Var, seen map[*Var]bool, order []*Var) []*Var {
	if seen[v] {
		return order
	}
	seen[v] = true
	for _, p := range v.parents {
		order = parentsFirst(p, seen, order)
	}
	return append(order, v)
}
