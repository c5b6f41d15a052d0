/** What people say: of a walk, to an organiser's question, and in support of one another. */
export interface VoiceTables {
  tour_rating: TourRatingTable;
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

interface TourRatingTable {
  event_id: string;
  holder_id: string;
  /** 1 to 5. */
  rating: number;
  remark: string | null;
  /** Stops seen. */
  seen: number | null;
  at: number;
}
