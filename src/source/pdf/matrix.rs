//! Where things are on a page: the transformations of PDF (ISO 32000-1, 8.3).

/// `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f32; 6]);

impl Default for Matrix {
    /// Everything stays where it is.
    fn default() -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    /// Moves by x and y.
    pub fn shift(x: f32, y: f32) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Turns a page of this size clockwise by quarters (in degrees), so that it lies in the first quadrant again.
    pub fn turn(degrees: i64, width: f32, height: f32) -> Matrix {
        match degrees.rem_euclid(360) {
            90 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            180 => Matrix([-1.0, 0.0, 0.0, -1.0, width, height]),
            270 => Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            _ => Matrix::default(),
        }
    }

    /// This one, and the other one after it.
    pub fn then(&self, other: &Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Matrix([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    /// Where (0, 0) goes.
    pub fn origin(&self) -> [f32; 2] {
        [self.0[4], self.0[5]]
    }

    /// What becomes of a height of 1.
    pub fn height(&self) -> f32 {
        self.0[2].hypot(self.0[3])
    }

    /// What becomes of a width of 1.
    pub fn width(&self) -> f32 {
        self.0[0].hypot(self.0[1])
    }

    /// True if text runs from left to right.
    pub fn is_upright(&self) -> bool {
        self.0[0] > 0.0 && self.0[1].abs() < 0.1 * self.0[0] && self.0.iter().all(|part| part.is_finite())
    }
}
