/** A plan that says all there is to say, so that nothing is asked: four phases, twelve tasks. */
export const planText = `# Choir library

Goal: all scores, loans and rehearsal plans of the choir in one place.
Start: 2027-02-01. Deadline: 2027-06-30. 15 hours per week.

## Phase 1: Foundation
- Choose the database (2 hours)
- Create the tables (4 hours)
- Import the old spreadsheets (6 hours)

## Phase 2: Loans
- Create the loan form (5 hours)
- Implement reminders (4 hours)
- Write loan tests (3 hours)

## Phase 3: Rehearsals
- Add the rehearsal calendar (6 hours)
- Integrate with the choir's calendar (4 hours)
- Test with two singers (2 hours)

## Phase 4: Launch
- Write the handbook (5 hours)
- Train the librarians (3 hours)
- Switch over (2 hours)
`;
