//! Identifiers, comments and texts of a Rust file, by the tokens that the compiler sees.

use anyhow::{anyhow, Result};
use proc_macro2::{LexError, TokenStream, TokenTree};
use std::ops::Range;
use syn::{Expr, ExprLit, Lit, Meta, MetaNameValue};

/// A Rust file.
pub struct Rust {
    /// Its syntax.
    pub syntax: syn::File,
    /// Identifiers and keywords, in order, those in macros and attributes too.
    pub words: Vec<Word>,
    /// Comments and documentation, line by line.
    pub comments: Vec<Comment>,
    /// Where its literals are, in bytes.
    pub literals: Vec<Range<usize>>,
}

/// An identifier or keyword.
pub struct Word {
    /// The line that it is on.
    pub line: usize,
    /// The word, without `r#`.
    pub text: String,
}

/// One line of a comment.
pub struct Comment {
    /// The line.
    pub line: usize,
    /// What it says, without the marks of a comment.
    pub text: String,
}

impl Rust {
    /// Reads a file. Fails if its text is not Rust.
    pub fn read(text: &str) -> Result<Self> {
        let tokens: TokenStream = text
            .parse()
            .map_err(|error: LexError| anyhow!("line {}: {error}", error.span().start().line))?;
        let mut reader = Reader {
            text,
            end: 0,
            line: 1,
            words: Vec::new(),
            comments: Vec::new(),
            literals: Vec::new(),
        };
        reader.tokens(tokens.clone());
        reader.pass(text.len()..text.len());
        Ok(Self {
            words: reader.words,
            comments: reader.comments,
            literals: reader.literals,
            syntax: syn::parse2(tokens)
                .map_err(|error| anyhow!("line {}: {error}", error.span().start().line))?,
        })
    }

    /// The documentation of the file itself, line by line, with its numbers.
    pub fn documentation(&self) -> Vec<(usize, String)> {
        self.syntax
            .attrs
            .iter()
            .filter_map(|attribute| match &attribute.meta {
                Meta::NameValue(MetaNameValue {
                    path,
                    value:
                        Expr::Lit(ExprLit {
                            lit: Lit::Str(text),
                            ..
                        }),
                    ..
                }) if path.is_ident("doc") => Some((text.span().start().line, text.value())),
                _ => None,
            })
            .collect()
    }

    /// The names of all functions, in order.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.words
            .windows(2)
            .filter(|pair| pair[0].text == "fn")
            .map(|pair| pair[1].text.as_str())
    }
}

/// Goes through a text by its tokens.
struct Reader<'a> {
    text: &'a str,
    /// Where the last token ends, in bytes.
    end: usize,
    /// The line of that place.
    line: usize,
    words: Vec<Word>,
    comments: Vec<Comment>,
    literals: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            let range = token.span().byte_range();
            // Documentation comes as the tokens of `#[doc = "…"]`, each of them with the place of
            // the whole comment.
            if range.start < self.end {
                continue;
            }
            match token {
                TokenTree::Group(group) => {
                    self.pass(group.span_open().byte_range());
                    self.tokens(group.stream());
                    self.pass(group.span_close().byte_range());
                }
                TokenTree::Ident(word) => {
                    self.pass(range);
                    self.words.push(Word {
                        line: self.line,
                        text: word.to_string().trim_start_matches("r#").to_owned(),
                    });
                }
                TokenTree::Literal(_) => {
                    self.pass(range.clone());
                    self.literals.push(range);
                }
                TokenTree::Punct(_)
                    if self.text[range.clone()].starts_with('/') && range.len() > 1 =>
                {
                    self.pass(range.start..range.start);
                    self.comment(range);
                }
                TokenTree::Punct(_) => self.pass(range),
            }
        }
    }

    /// Goes on to the end of a token. What lies before it is blank, or comments.
    fn pass(&mut self, token: Range<usize>) {
        self.comment(self.end..token.start);
        self.advance(token.end);
    }

    /// Keeps the lines of comments within a range, and goes on to its end.
    fn comment(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        for (line, text) in (self.line..).zip(text.lines()) {
            let text = text.trim();
            if !text.is_empty() {
                let text = text.trim_start_matches(['/', '*', '!']);
                self.comments.push(Comment {
                    line,
                    text: text.trim_end_matches("*/").trim().to_owned(),
                });
            }
        }
        self.advance(range.end);
    }

    fn advance(&mut self, end: usize) {
        self.line += self.text[self.end..end].matches('\n').count();
        self.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"//! A file.

/// Adds.
fn add() { // one
    call("// no comment");
    /* two */
}
m! { fn sub() {} }
"#;

    #[test]
    fn comments_are_told_from_texts() {
        let rust = Rust::read(TEXT).unwrap();
        let comments: Vec<_> = rust
            .comments
            .iter()
            .map(|comment| (comment.line, comment.text.as_str()))
            .collect();
        assert_eq!(
            comments,
            [(1, "A file."), (3, "Adds."), (4, "one"), (6, "two")]
        );
        assert_eq!(&TEXT[rust.literals[0].clone()], "\"// no comment\"");
    }

    #[test]
    fn a_file_has_documentation_of_its_own() {
        let rust = Rust::read(TEXT).unwrap();
        assert_eq!(rust.documentation(), [(1, " A file.".to_owned())]);
    }

    #[test]
    fn identifiers_in_macros_are_seen() {
        let rust = Rust::read(TEXT).unwrap();
        assert_eq!(rust.functions().collect::<Vec<_>>(), ["add", "sub"]);
        let sub = rust.words.iter().find(|word| word.text == "sub").unwrap();
        assert_eq!(sub.line, 8);
    }

    #[test]
    fn what_is_not_rust_is_refused_with_its_line() {
        let error = Rust::read("fn a() {}\nfn 1() {}\n").err().unwrap();
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
