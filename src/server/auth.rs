//! Who may write: whoever has the token.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use super::error::Problem;

/// A secret that those who write must send. Only its digest is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// The shortest token: 16 characters.
const SHORTEST: usize = 16;

/// What is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoToken {
    /// It can be guessed.
    #[error("a token needs at least {SHORTEST} characters; `openssl rand -hex 24` makes one")]
    Short,
    /// It cannot be sent in a header.
    #[error("a token has no blanks and nothing but ASCII characters")]
    Characters,
}

impl Token {
    /// From the secret itself.
    ///
    /// # Errors
    /// If it can be guessed, or not be sent.
    pub fn new(secret: &str) -> Result<Token, NoToken> {
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(NoToken::Characters);
        }
        if secret.len() < SHORTEST {
            return Err(NoToken::Short);
        }
        Ok(Token(Sha256::digest(secret.as_bytes()).into()))
    }

    /// Whether `secret` is this token. Digests are compared, so that the time it takes says nothing of the token.
    pub fn is(&self, secret: &str) -> bool {
        let digest: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
        digest.iter().zip(&self.0).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Lets pass who sends the token as `Authorization: Bearer`. A browser sends no such header on its own, so that no foreign
/// page can write in a user's name.
///
/// # Errors
/// If there is no token on either side, or another one.
pub fn check(headers: &HeaderMap, token: Option<&Token>) -> Result<(), Problem> {
    let Some(token) = token else {
        let message = "this server has no token, so that nobody can write; `urbi help serve` says how to give it one";
        return Err(Problem::Forbidden(message.to_owned()));
    };
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret = sent.and_then(|value| {
        let (scheme, secret) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
    });
    if secret.is_some_and(|secret| token.is(secret)) { Ok(()) } else { Err(Problem::Unauthorized) }
}

#[cfg(test)]
mod tests {
    use super::{NoToken, Token};

    #[test]
    fn a_token_is_only_itself() {
        let token = Token::new("0123456789abcdef").unwrap();
        assert!(token.is("0123456789abcdef"));
        assert!(!token.is("0123456789abcdeF") && !token.is("") && !token.is("0123456789abcdef "));
        assert_eq!(Token::new("short"), Err(NoToken::Short));
        assert_eq!(Token::new("0123456789 abcdef"), Err(NoToken::Characters));
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
