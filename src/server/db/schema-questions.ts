/** What people answered to an organiser's question, and whose answers they support. */
export interface QuestionTables {
  question_answer: QuestionAnswerTable;
  answer_support: AnswerSupportTable;
}

interface QuestionAnswerTable {
  id: string;
  event_id: string;
  holder_id: string;
  /** Of the question's openings. */
  opening: string | null;
  text: string;
  name: string | null;
  at: number;
  /** Why it is hidden, and by which account. */
  hidden: string | null;
  hidden_by: string | null;
}

interface AnswerSupportTable {
  answer_id: string;
  holder_id: string;
  event_id: string;
  at: number;
}
