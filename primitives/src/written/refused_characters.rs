//! Characters that payers and references may not hold: nobody can tell them from another one, or from none,
//! by looking.

/// Whether a character cannot be told from another one, or from none, by looking: control and format
/// characters, blanks but the common one, what stands for no character, marks and parts of syllables
/// that join what is before them, and the signs of units that are letters too.
pub fn is_invisible(char: char) -> bool {
    let is_blank = char.is_whitespace() && char != ' ';
    is_blank
        || char.is_control()
        || matches!(
            char,
            '\u{AD}'
                | '\u{300}'..='\u{36F}'
                | '\u{61C}'
                | '\u{1100}'..='\u{11FF}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{1AB0}'..='\u{1AFF}'
                | '\u{1DC0}'..='\u{1DFF}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{20D0}'..='\u{20FF}'
                // Ohm, kelvin and ångström: Ω, K and Å.
                | '\u{2126}'
                | '\u{212A}'..='\u{212B}'
                | '\u{2800}'
                | '\u{3099}'..='\u{309A}'
                | '\u{3164}'
                | '\u{E000}'..='\u{F8FF}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FE20}'..='\u{FE2F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFF}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{10FFFF}'
        )
}
