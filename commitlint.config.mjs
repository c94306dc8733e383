// The rules of commit messages: `type(scope): what changes for the reader`, at most 72 characters.
export default {
  extends: ["@commitlint/config-conventional"],
  rules: {
    "header-max-length": [2, "always", 72],
    "scope-empty": [2, "never"],
    // Names such as BullMQ and MongoDB keep their capitals.
    "subject-case": [0],
    "body-max-line-length": [0],
    "footer-max-line-length": [0],
  },
};
