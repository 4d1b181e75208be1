//! The header of a record: named fields.

/// Named fields, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    fields: Vec<(String, String)>,
}

impl Header {
    /// Reads lines `Name: value`; a line that begins with white space goes on with the value before it. Lines of another
    /// kind are passed over.
    pub fn parse(text: &[u8]) -> Header {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(text).lines() {
            match line.split_once(':') {
                _ if line.starts_with([' ', '\t']) => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                }
                Some((name, value)) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
                None => {}
            }
        }
        Header { fields }
    }

    /// The first value of a field, whatever the case of its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The type of the record, such as `response`.
    pub fn kind(&self) -> &str {
        self.get("WARC-Type").unwrap_or_default()
    }

    /// The length of its block, in bytes.
    pub fn length(&self) -> Option<u64> {
        self.get("Content-Length")?.parse().ok()
    }

    /// The address that was captured. Some writers put it between angle brackets, as the grammar of WARC 1.0 says.
    pub fn url(&self) -> Option<&str> {
        let url = self.get("WARC-Target-URI")?;
        Some(url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url))
    }

    /// When it was captured: ISO 8601 in UTC.
    pub fn date(&self) -> Option<&str> {
        self.get("WARC-Date")
    }
}

#[cfg(test)]
mod tests {
    use super::Header;

    #[test]
    fn reads_fields() {
        let header = Header::parse(
            b"warc-type: response\r\nWARC-Target-URI: <http://a.org/>\r\nContent-Length: 12\r\nX: a\r\n b\r\nno field\r\n",
        );
        assert_eq!((header.kind(), header.url(), header.length()), ("response", Some("http://a.org/"), Some(12)));
        assert_eq!((header.get("x"), header.date()), (Some("a b"), None));
    }
}
