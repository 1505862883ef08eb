//! placeholder
pub fn resolve(
    _: &crate::ast::Spec,
    _: &mut crate::diagnostic::Sink,
) -> Option<crate::ir::Service> {
    None
}
